import { imageSize } from 'image-size';
import type { JsonField } from '../json-field';
import { IMAGE_FORMATS, type ImageContent } from './content';

/** First bytes of each format, in hexadecimal. */
const SIGNATURES: Readonly<Record<ImageContent['format'], RegExp>> = {
  png: /^89504e470d0a1a0a/,
  jpeg: /^ffd8ff/,
  gif: /^47494638(37|39)61/,
  webp: /^52494646.{8}57454250/,
};

const MAX_BYTES = 3_932_160;
const MAX_PIXELS = 8000;

function measure(bytes: Buffer): { readonly width: number; readonly height: number } | undefined {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}

/** Reads and measures an image block, which must have the claimed format (Bedrock API reference, `ImageBlock`). */
export function readImage(field: JsonField): ImageContent {
  const format = field.at('format').oneOf(IMAGE_FORMATS);
  const source = field.at('source').at('bytes');
  const bytes = source.bytes();
  if (bytes.length > MAX_BYTES) {
    throw source.invalid('must be at most 3.75 MB');
  }
  const size = SIGNATURES[format].test(bytes.subarray(0, 16).toString('hex')) ? measure(bytes) : undefined;
  if (size === undefined || size.width < 1 || size.height < 1) {
    throw source.invalid(`must be an image of the format ${format}`);
  }
  const { width, height } = size;
  if (width > MAX_PIXELS || height > MAX_PIXELS) {
    throw source.invalid(`must be at most ${MAX_PIXELS} pixels wide and high, got ${width}x${height}`);
  }
  return { kind: 'image', format, width, height, bytes: bytes.length };
}
