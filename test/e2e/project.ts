import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOut } from '../checkout';

/** A copy of the project whose environment file and app a test can change. */
export interface Project {
  readonly folder: string;
  /** Writes environments/dev.yaml. */
  write(environment: object): void;
  /** Adds statements to the app that run before its synthesis. `''` restores the original app. */
  override(statements: string): void;
}

const WHERE = 'const findings = synthesizeProven(accessApp(plans), plans);';

/** Creates the copy. @param parent folder that is deleted with the account */
export function createProject(parent: string): Project {
  const folder = mkdtempSync(join(parent, 'project-'));
  checkOut(folder);
  // Only one environment is kept, because its synthesis is faster than that of two.
  rmSync(join(folder, 'environments', 'prod.yaml'));
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
