/** Lower case of the letters A to Z alone: other alphabets have letters, such as the Kelvin sign, that become ASCII ones. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
