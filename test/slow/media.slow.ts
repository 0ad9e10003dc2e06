import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MediaFormat, mediaFile } from '../../lambda/verify/bedrock/media';
import { LENGTHS } from '../../lambda/verify/bedrock/media-pack';

/** Kept between runs, so that the readers are installed only once. */
const VENV = join(__dirname, '..', '..', '.venv', 'media');
const PYTHON = join(VENV, 'bin', 'python');
const READERS = [
  ...['pillow==13.0.0', 'pypdf==7.1.0', 'python-docx==1.2.0'],
  ...['openpyxl==3.1.5', 'xlrd==2.0.2', 'olefile==0.47'],
];

/** The text of every document. */
const LINE = 'The word is ok.';

const python = spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0;
// A machine without Python and its venv cannot run this: jest reports the test as skipped, and its title says why.
const onPython = python ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-media-'));
afterAll(() => rmSync(folder, { recursive: true }));

onPython('every media file is a valid file of its format (skipped where there is no python3 with venv)', () => {
  if (!existsSync(PYTHON)) {
    expect(spawnSync('python3', ['-m', 'venv', VENV]).status).toBe(0);
  }
  const installed = spawnSync(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...READERS], {
    encoding: 'utf8',
  });
  expect(installed.stderr).toBe('');
  const formats = Object.keys(LENGTHS) as MediaFormat[];
  for (const format of formats) {
    writeFileSync(join(folder, format), mediaFile(format));
  }
  const check = join(__dirname, '..', 'lambda', 'verify', 'media_check.py');
  const read = spawnSync(PYTHON, [check, folder, LINE], { encoding: 'utf8' });
  expect(read.stderr).toBe('');
  expect(read.stdout).toMatch(new RegExp(`^ok ${formats.length} files$`, 'm'));
});
