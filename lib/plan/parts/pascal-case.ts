/** Converts a kebab-case name to PascalCase, because a Sid may contain only letters and digits. */
export function pascalCase(name: string): string {
  return name.replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase());
}
