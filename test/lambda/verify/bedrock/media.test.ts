import { DocumentFormat, ImageFormat } from '@aws-sdk/client-bedrock-runtime';
import { type MediaFormat, mediaFile } from '../../../../lambda/verify/bedrock/media';
import { LENGTHS } from '../../../../lambda/verify/bedrock/media-pack';
import { MEDIA_FILES } from '../../../../scripts/media/media-files';

const formats = Object.keys(LENGTHS) as MediaFormat[];

test('the files that ship are those that the script makes', () => {
  expect(formats).toEqual(Object.keys(MEDIA_FILES));
  for (const format of formats) {
    expect([format, Buffer.from(mediaFile(format)).equals(MEDIA_FILES[format] ?? Buffer.alloc(0))]).toEqual([
      format,
      true,
    ]);
  }
});

test('there is a file of every format that Converse supports', () => {
  expect([...formats].sort()).toEqual([...Object.values(ImageFormat), ...Object.values(DocumentFormat)].sort());
});
