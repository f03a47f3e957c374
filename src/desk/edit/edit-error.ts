import { UserError } from '../../core/errors.ts';

/** A change that can't be made. The message is for the editor. */
export class EditError extends UserError {
  override readonly name: string = 'EditError';
}
