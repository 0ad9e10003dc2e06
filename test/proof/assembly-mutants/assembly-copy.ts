import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonMap } from '../../../lib/catalog/json-map';

export type Json = { [key: string]: unknown };

/** A resource of a template. */
export interface FoundResource {
  readonly file: string;
  readonly id: string;
  readonly resource: JsonMap;
}

/** A copy of an assembly, in which one change after the other is made and taken back. Names of files are relative. */
export class AssemblyCopy {
  readonly folder: string;
  /** Folder of the environment's stage, such as `assembly-dev`. */
  readonly stage: string;
  private readonly texts = new Map<string, string>();
  private readonly touched = new Set<string>();
  private found: readonly FoundResource[] | undefined;

  constructor(
    readonly original: string,
    readonly environment: string,
    parent: string,
  ) {
    this.folder = mkdtempSync(join(parent, 'copy-'));
    this.stage = `assembly-${environment}`;
    cpSync(original, this.folder, { recursive: true });
  }

  /** Returns a path for a change, which `restore` takes back. */
  changing(path: string): string {
    this.touched.add(path);
    return join(this.folder, path);
  }

  /** Reads the text of a file of the original. */
  text(file: string): string {
    const text = this.texts.get(file) ?? readFileSync(join(this.original, file), 'utf8');
    this.texts.set(file, text);
    return text;
  }

  json(file: string): Json {
    return JSON.parse(this.text(file)) as Json;
  }

  write(file: string, content: string | Buffer): void {
    writeFileSync(this.changing(file), content);
  }

  writeJson(file: string, content: unknown): void {
    this.write(file, JSON.stringify(content, undefined, 1));
  }

  /** Lists the files of the stage with an ending, such as `.template.json`. */
  files(ending: string): readonly string[] {
    return readdirSync(join(this.original, this.stage))
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => `${this.stage}/${name}`);
  }

  resources(): readonly FoundResource[] {
    this.found ??= this.files('.template.json').flatMap((file) =>
      Object.entries(this.json(file)['Resources'] as Readonly<Record<string, JsonMap>>).map(([id, resource]) => ({
        file,
        id,
        resource,
      })),
    );
    return this.found;
  }

  restore(): void {
    for (const path of this.touched) {
      rmSync(join(this.folder, path), { recursive: true, force: true });
      if (existsSync(join(this.original, path))) {
        cpSync(join(this.original, path), join(this.folder, path), { recursive: true });
      }
    }
    this.touched.clear();
  }
}
