/** Lower-cases the letters A to Z only. Some other letters, such as the Kelvin sign, would become ASCII letters. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
