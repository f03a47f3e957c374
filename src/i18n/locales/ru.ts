import type { Catalogue } from '../words.ts';
import { en } from './en.ts';

export const ru: Catalogue = { ...en };
