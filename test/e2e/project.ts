import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOut } from '../checkout';

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
  checkOut(folder);
  // One environment is synthesized faster than two.
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
