import { environmentPath, loadEnvironment } from '../../config/environment-files';
import { planAccess } from '../../plan/environment/access-plan';
import { fileControls } from '../../proof/controls/file-controls';
import { accessMatrix } from '../../proof/matrix/access-matrix';
import { proofDocument, proofTable } from '../../report/proof/proof-document';
import { proofLines } from '../../report/proof/proof-lines';
import { keepMatrix, matrixPath } from '../matrix/matrix-file';
import { OUTER_POLICY_FLAGS, readOuterPolicies } from '../outer-policies';
import { proveEnvironment } from '../prove-environment';
import { ASSEMBLY_FLAG } from '../terminal/account-flags';
import type { Command } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';

export const prove: Command = {
  name: 'prove',
  summary: 'proves for every class of requests that the templates grant exactly what the file asks for',
  usage: 'ENV',
  positionals: { least: 1, most: 1 },
  examples: [
    [
      'npx bedrock-access prove dev',
      'proves the templates of environments/dev.yaml; shows each violation with a request',
    ],
    ['npx bedrock-access prove dev --write', 'writes the access matrix to access/dev.json, for review'],
    [
      'npx bedrock-access prove dev --assembly cdk.out --scp regions.json',
      "proves existing templates together with an organization's policy",
    ],
  ],
  flags: [
    { name: 'write', summary: 'write the access matrix to access/ENV.json' },
    ASSEMBLY_FLAG,
    ...OUTER_POLICY_FLAGS,
    OUT_FLAG,
  ],

  async run(args, terminal, { project, cwd, today }) {
    const { switches, values } = args;
    const [name = ''] = args.positionals;
    const outer = readOuterPolicies(args, cwd);
    terminal.progress(`reading ${name}`);
    const { environment } = loadEnvironment({ project, cwd }, name, today);
    const plan = planAccess(environment);
    const { proof, account } = await proveEnvironment(
      { environment, plan, project },
      values['assembly'],
      outer,
      terminal.progress,
    );
    const proven = proof.violations.length === 0;
    const matrix =
      account &&
      keepMatrix(
        matrixPath(environmentPath({ project, cwd }, name), plan.environment),
        accessMatrix(plan.environment, account, fileControls(environment)),
        { write: switches.has('write'), proven, cwd },
      );
    const exitCode = proven && matrix?.state !== 'stale' ? EXIT.clean : EXIT.found;
    const report = { proof, file: environment.file, ...(matrix !== undefined && { matrix }) };
    const document = proofDocument(report, exitCode);
    const lines = () => proofLines(report, terminal);
    giveResults(args, terminal, cwd, { document, ...proofTable(report), lines });
    return exitCode;
  },
};
