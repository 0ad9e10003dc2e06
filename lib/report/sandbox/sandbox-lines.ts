import type { SandboxReport } from './sandbox-document';

/** Where a sandbox answers, and for each principal what a shell is given to call it. */
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
