/** Variables of the environment of a function, keyed by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Returns the value of a variable. Throws an error that names the variable if it is not set. */
export function requiredVariable(variables: Variables, name: string): string {
  const value = variables[name];
  if (value === undefined || value === '') {
    throw new Error(`the environment variable ${name} is not set; deploy the environment's foundation stack again`);
  }
  return value;
}
