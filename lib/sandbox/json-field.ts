import { parseJson } from '../files/parse-json';
import { AwsError } from './aws-error';

/** A value in a JSON request together with its path, so that an error message names the field. */
export class JsonField {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  /** Parses a request body, which must be a JSON object. */
  static fromBody(body: Buffer): JsonField {
    const broken = new AwsError(400, 'SerializationException', 'the body must be a JSON object in UTF-8');
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
      const field = new JsonField(parseJson(text, { allowDuplicateKeys: true }), '');
      if (field.isObject()) {
        return field;
      }
    } catch {
      throw broken;
    }
    throw broken;
  }

  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  invalid(message: string): AwsError {
    return new AwsError(400, 'ValidationException', `${this.path === '' ? 'the request' : this.path} ${message}`);
  }

  /** Returns a property. It is absent when this field is absent. */
  at(name: string): JsonField {
    const path = this.path === '' ? name : `${this.path}.${name}`;
    if (!this.present) {
      return new JsonField(undefined, path);
    }
    return new JsonField(new Map(Object.entries(this.object())).get(name), path);
  }

  object(): Readonly<Record<string, unknown>> {
    if (!this.isObject()) {
      throw this.invalid('must be an object');
    }
    return this.value as Readonly<Record<string, unknown>>;
  }

  keys(): readonly string[] {
    const object = this.object();
    return Object.keys(object).filter((key) => object[key] !== null && object[key] !== undefined);
  }

  /** Returns the elements of a list; an absent list has none. */
  list(): readonly JsonField[] {
    if (!this.present) {
      return [];
    }
    if (!Array.isArray(this.value)) {
      throw this.invalid('must be a list');
    }
    return this.value.map((value: unknown, at) => new JsonField(value, `${this.path}.${at}`));
  }

  text(): string {
    if (typeof this.value !== 'string') {
      throw this.invalid(this.present ? 'must be a string' : 'is required');
    }
    return this.value;
  }

  oneOf<T extends string>(values: readonly T[]): T {
    const text = this.text();
    const match = values.find((value) => value === text);
    if (match === undefined) {
      throw this.invalid(`must be one of ${values.join(', ')}`);
    }
    return match;
  }

  /** Returns a number within bounds, or `undefined` when the field is absent. */
  number(min: number, max: number): number | undefined {
    if (!this.present) {
      return undefined;
    }
    if (typeof this.value !== 'number' || this.value < min || this.value > max) {
      throw this.invalid(
        max === Number.MAX_SAFE_INTEGER ? `must be at least ${min}` : `must be a number from ${min} to ${max}`,
      );
    }
    return this.value;
  }

  integer(min: number, max: number): number | undefined {
    const number = this.number(min, max);
    if (number !== undefined && !Number.isInteger(number)) {
      throw this.invalid('must be an integer');
    }
    return number;
  }

  boolean(): boolean | undefined {
    if (this.present && typeof this.value !== 'boolean') {
      throw this.invalid('must be true or false');
    }
    return this.present ? this.value === true : undefined;
  }

  /** Decodes bytes from base64, the form they have in JSON. */
  bytes(): Buffer {
    const text = this.text();
    const bytes = Buffer.from(text, 'base64');
    if (text === '' || bytes.toString('base64') !== text) {
      throw this.invalid('must be base64 and not empty');
    }
    return bytes;
  }
}
