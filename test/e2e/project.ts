import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A checkout of the project whose environment file and app a test may change. */
export interface Project {
  readonly folder: string;
  /** Writes environments/dev.yaml. */
  write(environment: object): void;
  /** Runs these statements on the stages of the app before it is synthesized; `''` leaves the app as it is. */
  override(statements: string): void;
}

const WHERE = 'const findings = synthesizeProven(accessApp(plans), plans);';

/** @param parent a folder that goes away with the account */
export function createProject(parent: string): Project {
  const folder = mkdtempSync(join(parent, 'project-'));
  mkdirSync(join(folder, 'environments'));
  for (const name of ['bin', 'lib', 'cdk.json', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  for (const name of ['aws', 'lambda', 'node_modules']) {
    symlinkSync(join(ROOT, name), join(folder, name));
  }
  const app = join(folder, 'bin', 'app.ts');
  const shipped = readFileSync(app, 'utf8');
  if (!shipped.includes(WHERE)) {
    throw new Error(`bin/app.ts no longer has the line that a test changes: ${WHERE}`);
  }
  return {
    folder,
    write: (environment) =>
      // JSON is YAML.
      writeFileSync(join(folder, 'environments', 'dev.yaml'), JSON.stringify(environment, null, 2)),
    override: (statements) =>
      writeFileSync(
        app,
        shipped.replace(
          WHERE,
          `const app = accessApp(plans);\n${statements}\nconst findings = synthesizeProven(app, plans);`,
        ),
      ),
  };
}
