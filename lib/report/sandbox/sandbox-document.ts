import { document } from '../format/document';

/** Where a sandbox answers, and what a shell needs to call it as each principal. */
export interface SandboxReport {
  readonly url: string;
  readonly principals: readonly SandboxPrincipal[];
}

export interface SandboxPrincipal {
  readonly name: string;
  readonly arn: string;
  /** Environment variables by name; an empty one is to be unset. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A sandbox as the JSON document of `sandbox --json`. */
export function sandboxDocument(sandbox: SandboxReport, exitCode: number) {
  return document('sandbox', exitCode, sandbox);
}
