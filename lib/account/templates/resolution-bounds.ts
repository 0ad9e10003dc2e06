import { TemplateError } from '../resource/template-error';
import { TemplateLimit } from '../resource/template-limit';
import type { ResolutionWork } from './resolution-work';

/** Place of a value in a template. */
export type Path = readonly (string | number)[];

/** Maximum nesting of a template. The limit of CloudFormation is lower. */
const MAX_DEPTH = 100;
/** Maximum nesting of a value together with all the values and conditions that it refers to. */
const MAX_CHAIN = 300;

/** Ends the resolution of a template that is nested too deeply, refers to itself, or asks for too much work. */
export class ResolutionBounds {
  /** Paths of the properties and conditions that are being resolved, so that a circular reference is found. */
  private readonly open = new Set<string>();
  /** Results of properties and conditions. Resolving a chain of them again would double the work at each link. */
  private readonly results = new Map<string, unknown>();
  /** Number of values, one inside or behind the other, that are being resolved. */
  private chain = 0;

  constructor(
    private readonly templateFile: string,
    private readonly work: ResolutionWork,
  ) {}

  /** Resolves a property or condition, or returns the result of an earlier time. */
  once<T>(path: Path, resolve: () => T): T {
    const id = JSON.stringify(path);
    this.visit(path);
    if (this.results.has(id)) {
      return this.results.get(id) as T;
    }
    if (this.open.has(id)) {
      throw new TemplateLimit(this.templateFile, path, 'refers to itself in a circle');
    }
    this.open.add(id);
    try {
      const result = resolve();
      this.results.set(id, result);
      return result;
    } finally {
      this.open.delete(id);
    }
  }

  /** Resolves a value or a condition as the next link of a chain of those that need it. */
  linked<T>(path: Path, resolve: () => T): T {
    this.visit(path);
    if (path.length > MAX_DEPTH) {
      throw new TemplateError(this.templateFile, path.slice(0, 5), `is nested more than ${MAX_DEPTH} levels deep`);
    }
    this.chain += 1;
    if (this.chain > MAX_CHAIN) {
      throw new TemplateLimit(
        this.templateFile,
        path.slice(0, 5),
        `refers to more than ${MAX_CHAIN} values, each behind the other`,
      );
    }
    try {
      return resolve();
    } finally {
      this.chain -= 1;
    }
  }

  /** Counts values of the template. */
  visit(path: Path, values = 1): void {
    if (!this.work.visit(values)) {
      throw new TemplateLimit(
        this.templateFile,
        path.slice(0, 5),
        'asks for more values than a template of this size can need',
      );
    }
  }

  /** Returns a text, unless all texts together are too long. */
  made(text: string, path: Path): string {
    if (!this.work.make(text.length)) {
      throw new TemplateLimit(
        this.templateFile,
        path.slice(0, 5),
        'asks for more text than a template of this size can need',
      );
    }
    return text;
  }

  /** True while the value at the path is not nested too deeply. */
  isInside(path: Path): boolean {
    return path.length <= MAX_DEPTH;
  }
}
