import { FileError } from './file-error';
import { type JsonLimits, parseJson } from './parse-json';
import { type FileLimits, readFile } from './read-file';

/**
 * Reads a JSON file from outside.
 *
 * @throws FileError or JsonError, whose messages continue a sentence that begins with the file's name
 */
export function readJson(path: string, limits: FileLimits & JsonLimits): unknown {
  const bytes = readFile(path, limits);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileError('REFUSED', 'is not UTF-8 text');
  }
  return parseJson(text, limits);
}
