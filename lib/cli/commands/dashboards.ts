import { loadEnvironment } from '../../config/environment-files';
import { type AccessPlan, planAccess } from '../../plan/environment/access-plan';
import { metricsOf } from '../../plan/parts/dashboard-plan';
import { counted } from '../../report/format/counted';
import { dashboardPage, type ShownDashboards } from '../../report/plan/dashboard-page';
import { dashboardsDocument } from '../../report/plan/dashboards-document';
import { didYouMean } from '../../spelling/did-you-mean';
import { type Command, UsageError } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_PAGE_FLAG } from '../terminal/parse-arguments';

/** Maximum number of applications on one page. A browser would take long to draw more, and they look alike. */
const APPLICATIONS_A_PAGE = 20;

export const dashboards: Command = {
  name: 'dashboards',
  summary: 'previews the dashboards in one HTML file with made-up values, without deploying or calling AWS',
  usage: 'ENV --preview',
  positionals: { least: 1, most: 1 },
  examples: [
    ['npx bedrock-access dashboards dev --preview', 'writes the overview and every application to dashboards-dev.html'],
    [
      'npx bedrock-access dashboards dev --preview --application support-chat --out chat.html',
      'writes the dashboard of one application to a file of your choice',
    ],
    [
      'npx bedrock-access dashboards dev --preview --out widgets.csv',
      'writes a table of every widget and its number of metrics',
    ],
  ],
  flags: [
    {
      name: 'preview',
      summary: 'write the preview (required, because cdk deploy creates the dashboards themselves)',
    },
    { name: 'application', value: 'NAME', summary: 'only the dashboard of this application' },
    OUT_PAGE_FLAG,
  ],

  async run({ positionals: [name = ''], switches, values, out }, terminal, { project, cwd, today }) {
    if (!switches.has('preview')) {
      throw new UsageError(
        `cdk deploy '${name}/**' creates the dashboards; to preview them, run bedrock-access dashboards ${name} --preview`,
      );
    }
    const plan = planAccess(loadEnvironment({ project, cwd }, name, today).environment);
    const shown = choose(plan, values['application']);
    const files = out.length > 0 ? out : [`dashboards-${plan.environment}.html`];
    const rows = shown.dashboards.flatMap((d) =>
      d.widgets.map((w) => [d.name, w.title, w.kind, metricsOf(w).length] as const),
    );
    const document = dashboardsDocument(shown, files, EXIT.clean);
    const columns = ['dashboard', 'widget', 'kind', 'metrics'];
    const page = () => dashboardPage(shown);
    const lines = () => [
      `${plan.environment} will have ${counted(plan.applications.length + plan.dashboards.length, 'dashboard')}; ${counted(shown.dashboards.length, 'dashboard')} with made-up values in ${files.join(', ')}`,
      ...(shown.left === 0
        ? []
        : [`not shown: ${counted(shown.left, 'dashboard')}; --application NAME shows one of them`]),
    ];
    giveResults({ switches, out: files }, terminal, cwd, { document, columns, rows, page, lines });
    return EXIT.clean;
  },
};

/** @throws UsageError for an application that the environment does not have */
function choose(plan: AccessPlan, application: string | undefined): ShownDashboards {
  const { applications, dashboards: overview } = plan;
  if (application !== undefined) {
    const chosen = applications.find((a) => a.name === application);
    if (chosen === undefined) {
      const names = applications.map((a) => a.name);
      const hint = didYouMean(application, names, `; applications: ${names.slice(0, 20).join(', ')}`);
      throw new UsageError(`${plan.environment} has no application '${application}'${hint}`);
    }
    return { plan, dashboards: [chosen.dashboard], left: 0 };
  }
  const all = [...overview.slice(0, 1), ...applications.slice(0, APPLICATIONS_A_PAGE).map((a) => a.dashboard)];
  return { plan, dashboards: all, left: overview.length + applications.length - all.length };
}
