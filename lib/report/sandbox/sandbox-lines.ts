import type { SandboxReport } from './sandbox-document';

/** Describes a sandbox for people: its URL, and for each principal the shell commands that set its environment variables. */
export function sandboxLines({ url, principals }: SandboxReport): readonly string[] {
  return [
    `sandbox on ${url}: loopback only; answers are scripted, access is evaluated from the templates`,
    ...principals.flatMap(({ name, variables }) => [
      '',
      `# as ${name}`,
      ...Object.entries(variables).map(([key, value]) => (value === '' ? `unset ${key}` : `export ${key}='${value}'`)),
    ]),
  ];
}
