import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './project';

const ROOT = join(__dirname, '..');
const SHARED = ['aws', 'lambda', 'node_modules', 'schema'];
const OWN = ['bin', 'lib', 'cdk.json', 'package.json', 'tsconfig.json'];

/** Makes `folder` a checkout whose app and environments a test may change. It has the environments that tests read. */
export function checkOut(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of OWN) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  cpSync(join(PROJECT, 'environments'), join(folder, 'environments'), { recursive: true });
  for (const name of SHARED) {
    symlinkSync(join(ROOT, name), join(folder, name));
  }
}
