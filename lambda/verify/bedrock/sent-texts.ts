/** Texts that a request sends, apart from the words of the API itself. */
export interface SentTexts {
  readonly texts: readonly string[];
  /** Names and ids without spaces, such as the name of a tool or the id of a guardrail. */
  readonly names: readonly string[];
}

/** Keys whose values belong to the API or name the model. AWS's own messages use the same words. */
const API_KEYS = new Set([
  'role',
  'type',
  'format',
  'model',
  'modelId',
  'contentType',
  'accept',
  'guardrailVersion',
  'input_type',
  'embedding_types',
  'taskType',
  'embeddingPurpose',
  'truncationMode',
]);

/** Keys whose values are names or ids. */
const NAME_KEYS = new Set(['name', 'toolUseId', 'guardrail', 'guardrailIdentifier', 'required']);

/** Objects whose keys are not the API's: the arguments of a tool. */
const OWN_KEYS = new Set(['properties', 'input']);

/** Lists the texts that a request sends: prompts, files in every form in which they may be repeated, and names. */
export function sentTexts(request: unknown): SentTexts {
  const texts: string[] = [];
  const names: string[] = [];
  const collect = (value: unknown, key: string): void => {
    if (API_KEYS.has(key)) {
      return;
    }
    if (typeof value === 'string') {
      (NAME_KEYS.has(key) && !/\s/.test(value) ? names : texts).push(value);
    } else if (value instanceof Uint8Array) {
      const bytes = Buffer.from(value);
      texts.push(bytes.toString('base64'), bytes.toString('hex'), bytes.toString('utf8'));
    } else if (Array.isArray(value)) {
      for (const entry of value) {
        collect(entry, key);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) {
        if (OWN_KEYS.has(key)) {
          names.push(name);
        }
        collect(entry, name);
      }
    }
  };
  collect(request, '');
  return { texts: [...new Set(texts)], names: [...new Set(names)] };
}
