import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentFormat, ImageFormat } from '@aws-sdk/client-bedrock-runtime';
import { type MediaFormat, mediaFile } from '../../../../lambda/verify/bedrock/media';
import { LENGTHS } from '../../../../lambda/verify/bedrock/media-pack';

const MEDIA = join(__dirname, '..', '..', '..', '..', 'scripts', 'media');
const formats = Object.keys(LENGTHS) as MediaFormat[];

test('the files that ship are those in scripts/media', () => {
  expect(readdirSync(MEDIA).sort()).toEqual(['README.md', ...formats.map((format) => `ok.${format}`)].sort());
  for (const format of formats) {
    expect([format, readFileSync(join(MEDIA, `ok.${format}`)).equals(mediaFile(format))]).toEqual([format, true]);
  }
});

test('there is a file of every format that Converse supports', () => {
  expect([...formats].sort()).toEqual([...Object.values(ImageFormat), ...Object.values(DocumentFormat)].sort());
});
