/** Collects values of any number of bits, the lowest bit first, as GIF and WebP have them. */
export class BitWriter {
  readonly #bits: number[] = [];

  write(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) {
      this.#bits.push((value >> bit) & 1);
    }
  }

  bytes(): Buffer {
    return Buffer.from(
      Array.from({ length: Math.ceil(this.#bits.length / 8) }, (_, at) =>
        this.#bits.slice(at * 8, at * 8 + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
      ),
    );
  }
}
