import { z } from 'zod';
import type { Problem, SettingsShape, SettingValues } from '../core/setting.ts';
import type { RemoteModel } from '../search/embed/remote.ts';
import type { SelectorSettings } from '../search/select/http-selector.ts';

const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const name = z.string().regex(/^[\w./:@+-]{1,200}$/);
const key = z.string().regex(/^\S+$/);

/** The settings of models that run elsewhere. All are off unless set. */
export const modelSettings = {
  SELECTOR_URL: {
    schema: address.optional(),
    fault: "isn't an address",
    remedy: 'Write the base of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1',
  },
  SELECTOR_MODEL: {
    schema: name.optional(),
    fault: "isn't the name of a model",
    remedy: 'Write the name that the server uses for it.',
  },
  SELECTOR_KEY: {
    schema: key.optional(),
    fault: 'has white space in it',
    remedy: 'Copy the key anew, without quotation marks.',
    secret: true,
  },
  SELECTOR_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(100).max(20_000).default(2500),
    fault: "isn't a whole number from 100 to 20000",
    remedy: 'Write how many milliseconds the model may take, such as 2500',
  },
  SELECTOR_PER_DAY: {
    schema: z.coerce.number().int().min(1).default(2000),
    fault: "isn't a whole number from 1",
    remedy: 'Write how many questions the model may be asked in a day, such as 2000',
  },
  EMBEDDINGS_URL: {
    schema: address.optional(),
    fault: "isn't an address",
    remedy: 'Write the base of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1',
  },
  EMBEDDINGS_MODEL: {
    schema: name.optional(),
    fault: "isn't a model",
    remedy: 'Write the name that the server uses for it.',
  },
  EMBEDDINGS_KEY: {
    schema: key.optional(),
    fault: 'has white space in it',
    remedy: 'Copy the key anew, without quotation marks.',
    secret: true,
  },
  EMBEDDINGS_MULTILINGUAL: {
    schema: z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] }).default(false),
    fault: 'is neither on nor off',
    remedy: 'Write on if the model reads many languages, otherwise off.',
  },
} satisfies SettingsShape;

/** Models that run elsewhere, as the settings name them. */
export interface Models {
  /** Chooses among claims; absent if the search decides by itself. */
  readonly selector?: (SelectorSettings & { readonly perDay: number }) | undefined;
  /** Compares by meaning; absent if the built-in model does. */
  readonly embeddings?: RemoteModel | undefined;
}

/** How long a model may take to compare one batch of sentences, in milliseconds. */
const EMBEDDINGS_TIMEOUT_MS = 10_000;

/** Reads the models, and reports any whose address or name is missing. */
export function readModels(
  values: SettingValues<typeof modelSettings>,
): Models & { readonly problems: readonly Problem[] } {
  const { SELECTOR_URL, SELECTOR_MODEL, EMBEDDINGS_URL, EMBEDDINGS_MODEL } = values;
  return {
    selector:
      SELECTOR_URL && SELECTOR_MODEL
        ? {
            url: SELECTOR_URL,
            model: SELECTOR_MODEL,
            key: values.SELECTOR_KEY,
            timeoutMs: values.SELECTOR_TIMEOUT_MS,
            perDay: values.SELECTOR_PER_DAY,
          }
        : undefined,
    embeddings:
      EMBEDDINGS_URL && EMBEDDINGS_MODEL
        ? {
            url: EMBEDDINGS_URL,
            model: EMBEDDINGS_MODEL,
            key: values.EMBEDDINGS_KEY,
            multilingual: values.EMBEDDINGS_MULTILINGUAL,
            timeoutMs: EMBEDDINGS_TIMEOUT_MS,
          }
        : undefined,
    problems: [
      ...findHalf('SELECTOR', SELECTOR_URL, SELECTOR_MODEL),
      ...findHalf('EMBEDDINGS', EMBEDDINGS_URL, EMBEDDINGS_MODEL),
    ],
  };
}

function findHalf(prefix: string, url: string | undefined, model: string | undefined): Problem[] {
  if ((url === undefined) === (model === undefined)) return [];
  const missing = url === undefined ? 'URL' : 'MODEL';
  return [
    {
      code: 'half-a-model',
      setting: `${prefix}_${missing}`,
      what: `${prefix}_${missing} is missing`,
      remedy: `${prefix}_URL and ${prefix}_MODEL belong together. Set both, or neither.`,
    },
  ];
}
