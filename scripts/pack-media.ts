import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

const FORMATS = ['png', 'jpeg', 'gif', 'webp', 'pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'];

/**
 * Packs the files in `scripts/media` that the verification function sends: `npx tsx scripts/pack-media.ts`.
 *
 * They ship in a source file, because the bundle is one file, and deflated, because Word's and Excel's are mostly zeros.
 */
const files = FORMATS.map((format) => readFileSync(join(__dirname, 'media', `ok.${format}`)));
const packed = deflateRawSync(Buffer.concat(files), { level: 9 }).toString('base64');
const lengths = FORMATS.map((format, i) => `  ${format}: ${files[i]?.length},`);
writeFileSync(
  join(__dirname, '..', 'lambda', 'verify', 'bedrock', 'media-pack.ts'),
  `// Written by scripts/pack-media.ts.

/** Length of each file in bytes, in the order in which the files are packed. */
export const LENGTHS = {
${lengths.join('\n')}
} as const;

/** The files, concatenated, deflated and encoded in base64. */
export const PACKED =
  '${packed}';
`,
);
