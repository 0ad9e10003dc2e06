import { loadEnvironment } from '../../config/environment-files';
import { planAccess } from '../../plan/environment/access-plan';
import { fileControls } from '../../proof/controls/file-controls';
import { type AccessMatrix, accessMatrix } from '../../proof/matrix/access-matrix';
import { accessDocument } from '../../report/proof/access-document';
import { accessLines } from '../../report/proof/access-lines';
import { type AccessFilter, accessRows, accessTable, namesOf } from '../../report/proof/access-table';
import { didYouMean } from '../../spelling/did-you-mean';
import { proveEnvironment } from '../prove-environment';
import { ASSEMBLY_FLAG } from '../terminal/account-flags';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';

export const access: Command = {
  name: 'access',
  summary: 'lists who can call which model, through which profile, and which statements decide it',
  usage: 'ENV',
  positionals: { least: 1, most: 1 },
  examples: [
    ['npx bedrock-access access dev', 'lists every principal with every model it can call'],
    ['npx bedrock-access access dev --principal support-chat-api', 'lists what one role or user can call'],
    [
      'npx bedrock-access access dev --model amazon.nova-lite-v1:0 --out access.csv',
      'writes a table of the principals that can call a model',
    ],
  ],
  flags: [
    { name: 'principal', value: 'NAME', summary: 'only this role or user' },
    { name: 'model', value: 'ID', summary: 'only this model' },
    ASSEMBLY_FLAG,
    OUT_FLAG,
  ],

  async run(args, terminal, { project, cwd, today }) {
    const { values } = args;
    const [name = ''] = args.positionals;
    terminal.progress(`reading ${name}`);
    const { environment } = loadEnvironment({ project, cwd }, name, today);
    const plan = planAccess(environment);
    const none = { serviceControl: [] };
    const { proof, account } = await proveEnvironment(
      { environment, plan, project },
      values['assembly'],
      none,
      terminal.progress,
    );
    if (account === undefined) {
      throw new UsageError(proof.violations.map((v) => v.message).join('; '));
    }
    const matrix = accessMatrix(plan.environment, account, fileControls(environment));
    const rows = accessRows(matrix, requireKnown(matrix, values));
    const exitCode = proof.violations.length === 0 ? EXIT.clean : EXIT.found;
    const document = accessDocument(matrix, rows, proof, exitCode);
    const lines = () => accessLines(matrix, rows, proof, terminal);
    giveResults(args, terminal, cwd, { document, ...accessTable(rows), lines });
    return exitCode;
  },
};

/** @throws UsageError for a principal or a model that the environment does not have */
function requireKnown(
  matrix: AccessMatrix,
  { principal, model }: Readonly<Record<string, string | undefined>>,
): AccessFilter {
  requireOneOf(
    'principal',
    principal,
    matrix.principals.flatMap(namesOf),
    matrix.principals.filter((p) => p.calls.length > 0).map((p) => p.principal),
  );
  const models = [...new Set(matrix.profiles.map((p) => p.model))].sort();
  requireOneOf('model', model, models, models);
  return { ...(principal !== undefined && { principal }), ...(model !== undefined && { model }) };
}

function requireOneOf(
  flag: string,
  value: string | undefined,
  known: readonly string[],
  shown: readonly string[],
): void {
  if (value === undefined || known.includes(value)) {
    return;
  }
  const hint = didYouMean(value, known, `; it has: ${shown.join(', ') || 'none'}`);
  throw new UsageError(`--${flag} '${value}' is not in the environment${hint}`);
}
