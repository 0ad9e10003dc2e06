import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { FileError } from '../../files/file-error';
import { JsonError } from '../../files/parse-json';
import { readJson } from '../../files/read-json';
import { TemplateError } from '../resource/template-error';
import { TemplateLimit } from '../resource/template-limit';

/**
 * The largest file of an assembly. CloudFormation takes templates of at most 1 MB (CloudFormation quotas, 2026-11-30); the
 * manifest of a stage lists all its stacks and their parts.
 */
const MAX_BYTES = { template: 1024 * 1024, manifest: 8 * 1024 * 1024 } as const;
const MAX_VALUES = { template: 100_000, manifest: 500_000 } as const;
/** A thousand applications have 45 MB. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
/** Every file counts as this many bytes at least, so that the number of files is limited too. */
const LEAST_BYTES = 4096;

/** The JSON files of a cloud assembly, which are read within limits for each and for all together. */
export class AssemblyReader {
  private left = MAX_TOTAL_BYTES;

  /** @param folder the assembly, for messages */
  constructor(private readonly folder: string) {}

  /**
   * Reads a JSON object.
   *
   * @throws TemplateError when it cannot be read
   */
  read(folder: string, name: string, kind: keyof typeof MAX_BYTES): JsonMap {
    const file = pathBeside(folder, name);
    const limits = { maxBytes: MAX_BYTES[kind], maxValues: MAX_VALUES[kind], refuseLinks: true };
    let parsed: unknown;
    try {
      this.spend(Math.min(MAX_BYTES[kind], Math.max(LEAST_BYTES, lstatSync(file).size)));
      parsed = readJson(file, limits);
    } catch (error) {
      throw error instanceof TemplateError ? error : unreadable(file, error);
    }
    if (!isJsonMap(parsed)) {
      throw new TemplateError(file, [], 'is not a JSON object; synthesize again with: npx cdk synth');
    }
    return parsed;
  }

  private spend(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) {
      throw new TemplateLimit(
        this.folder,
        [],
        `has more than ${MAX_TOTAL_BYTES} bytes, which is the most that is read`,
      );
    }
  }
}

/**
 * Returns the path of a file or a folder that the manifest of `folder` names. The CDK writes each beside its manifest.
 *
 * @throws TemplateLimit for a name that leads elsewhere, or back to `folder`
 */
export function pathBeside(folder: string, name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) {
    throw new TemplateLimit(
      join(folder, 'manifest.json'),
      [],
      `names ${JSON.stringify(name.slice(0, 100))}, which is no file or folder beside it; synthesize again with: npx cdk synth`,
    );
  }
  return join(folder, name);
}

function unreadable(file: string, error: unknown): TemplateError {
  if (error instanceof JsonError || error instanceof FileError) {
    return new TemplateError(file, [], `${error.message}; synthesize again with: npx cdk synth`);
  }
  const code = (error as NodeJS.ErrnoException).code;
  return new TemplateError(file, [], `cannot be read (${code}); synthesize again with: npx cdk synth`);
}
