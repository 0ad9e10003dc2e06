import { conditionKey, isMultivalued } from '../../../lib/catalog/condition-keys';
import { mutatedText } from '../../iam/mutated-text';
import type { Random } from '../../iam/random';

const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s;

/** Lists every text in a JSON value, with the names of elements. */
export function textsOf(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
}

/** Random texts for requests that are similar to the texts of some policies. */
export class NearTexts {
  readonly #arns: readonly string[];
  readonly #actions: readonly string[];

  constructor(
    readonly texts: readonly string[],
    private readonly random: Random,
  ) {
    this.#arns = [...texts.filter((t) => ARN.test(t)), 'arn:aws:s3:::a/b'];
    this.#actions = [...texts.filter((t) => /^[a-z0-9-]+:[A-Z]\w*/.test(t)), 's3:GetObject'];
  }

  action(): string {
    return this.#near(this.#actions);
  }

  arn(): string {
    return [this.#near(this.#arns)].find((t) => ARN.test(t)) ?? this.random.one(this.#arns);
  }

  /** Returns a random value for a key, of the key's type. */
  value(key: string): string {
    const type = conditionKey(key)?.type;
    if (type === 'ARN') {
      return this.arn();
    }
    if (type === 'Bool') {
      return this.random.one(['true', 'false']);
    }
    return this.random.chance(0.3) ? this.random.one(this.texts) : this.#near(this.texts);
  }

  /** Returns a random context with most of the keys. A multivalued key has up to three values. */
  context(keys: readonly string[]): Readonly<Record<string, readonly string[]>> {
    const present = keys.filter(() => this.random.chance(0.85));
    return Object.fromEntries(present.map((key) => [key, this.#values(key)]));
  }

  #values(key: string): readonly string[] {
    const count = isMultivalued(key) ? this.random.one([1, 2, 3]) : 1;
    return [...new Set(Array.from({ length: count }, () => this.value(key)))];
  }

  #near(among: readonly string[]): string {
    const text = this.random.one(among).replaceAll('*', () => this.random.one(['', 'x', 'dev']));
    return mutatedText(text, among, this.random);
  }
}
