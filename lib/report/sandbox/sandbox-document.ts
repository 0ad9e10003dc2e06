import { document } from '../format/document';

/** The URL of a sandbox, and the environment variables with which a shell calls it as each principal. */
export interface SandboxReport {
  readonly url: string;
  readonly principals: readonly SandboxPrincipal[];
}

export interface SandboxPrincipal {
  readonly name: string;
  readonly arn: string;
  /** Environment variables by name. A variable with an empty value must be unset. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Builds the document that `sandbox --json` prints. */
export function sandboxDocument(sandbox: SandboxReport, exitCode: number) {
  return document('sandbox', exitCode, sandbox);
}
