import { AwsError } from '../aws-error';

/** Values of session tags, by key. */
export type SessionTags = Readonly<Record<string, string>>;

/** Maximum number of tags in AssumeRole (STS API reference). */
const MAX_TAGS = 50;
const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u;
const PARAMETER = /^Tags\.member\.([1-9]\d{0,2})\.(Key|Value)$/;

/** True for a parameter of AssumeRole that holds the key or value of a tag. */
export function isTagParameter(name: string): boolean {
  return PARAMETER.test(name);
}

/** Reads the session tags from the parameters of AssumeRole. */
export function readSessionTags(form: ReadonlyMap<string, string>): SessionTags {
  const numbers = new Set([...form.keys()].flatMap((name) => PARAMETER.exec(name)?.[1] ?? []));
  const invalid = (problem: string): AwsError => new AwsError(400, 'ValidationError', `tags: ${problem}`);
  if (numbers.size > MAX_TAGS) {
    throw invalid(`a session takes at most ${MAX_TAGS} tags, got ${numbers.size}`);
  }
  const tags = [...numbers].map((number): readonly [string, string] => {
    const key = form.get(`Tags.member.${number}.Key`) ?? '';
    const value = form.get(`Tags.member.${number}.Value`) ?? '';
    if (!KEY.test(key) || !VALUE.test(value) || key.toLowerCase().startsWith('aws:')) {
      throw invalid(`member ${number} must have a key of 1 to 128 and a value of at most 256 characters, without aws:`);
    }
    return [key, value];
  });
  const keys = tags.map(([key]) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalid('a key is listed twice; IAM ignores case in keys');
  }
  return Object.fromEntries(tags);
}
