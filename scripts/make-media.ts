import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { MEDIA_FILES } from './media/media-files';

/**
 * Writes the files that the verification function sends as images and documents: `npx tsx scripts/make-media.ts`.
 *
 * They ship packed, in a source file: the bundle has one file, and Word's and Excel's are mostly zeros.
 */
const packed = deflateRawSync(Buffer.concat(Object.values(MEDIA_FILES)), { level: 9 }).toString('base64');
const lengths = Object.entries(MEDIA_FILES).map(([format, { length }]) => `  ${format}: ${length},`);
writeFileSync(
  join(__dirname, '..', 'lambda', 'verify', 'bedrock', 'media-pack.ts'),
  `// Written by scripts/make-media.ts.

/** Length of each file in bytes, in their order. */
export const LENGTHS = {
${lengths.join('\n')}
} as const;

/** The files behind each other, deflated, in base64. */
export const PACKED =
  '${packed}';
`,
);
