import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

type Secret = string | ArrayBuffer | ArrayBufferView;

function bytesOf(secret: ArrayBuffer | ArrayBufferView): Uint8Array {
  return secret instanceof ArrayBuffer
    ? new Uint8Array(secret)
    : new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength);
}

/** SHA-256, or HMAC-SHA-256 when a secret is given, with the interface that the signing library requires. */
export class NodeSha256 {
  #hash: Hash | Hmac;
  readonly #start: () => Hash | Hmac;

  constructor(secret?: Secret) {
    this.#start = () => {
      if (secret === undefined) {
        return createHash('sha256');
      }
      return createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret));
    };
    this.#hash = this.#start();
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#start();
  }
}
