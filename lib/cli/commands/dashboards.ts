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
    ['npx bedrock-access dashboards dev --preview', 'writes every choice of the application to dashboards-dev.html'],
    [
      'npx bedrock-access dashboards dev --preview --application support-chat --out chat.html',
      'writes what the choice of one application shows to a file of your choice',
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
    { name: 'application', value: 'NAME', summary: 'only the choice of this application' },
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
    const dashboards = plan.dashboards.filter((d) => shown.views.some((v) => v.dashboard === d));
    const rows = dashboards.flatMap((d) =>
      d.widgets.map((w) => [d.name, w.title, w.kind, metricsOf(w).length] as const),
    );
    const document = dashboardsDocument(shown, files, EXIT.clean);
    const columns = ['dashboard', 'widget', 'kind', 'metrics'];
    const page = () => dashboardPage(shown);
    const lines = () => [
      `${plan.environment} will have ${counted(plan.dashboards.length, 'dashboard')}; ${counted(shown.views.length, 'choice')} with made-up values in ${files.join(', ')}`,
      ...(shown.left === 0
        ? []
        : [`not shown: ${counted(shown.left, 'choice')}; --application NAME shows one of them`]),
    ];
    giveResults({ switches, out: files }, terminal, cwd, { document, columns, rows, page, lines });
    return EXIT.clean;
  },
};

/** @throws UsageError for an application that the environment does not have */
function choose(plan: AccessPlan, application: string | undefined): ShownDashboards {
  const { applications, dashboards, environment } = plan;
  const views = dashboards.flatMap((dashboard) => dashboard.choices.map((choice) => ({ dashboard, choice })));
  if (application !== undefined) {
    const chosen = views.filter(({ choice }) => choice.label === application);
    if (chosen.length === 0) {
      const names = applications.map((a) => a.name);
      const hint = didYouMean(application, names, `; applications: ${names.slice(0, 20).join(', ')}`);
      throw new UsageError(`${environment} has no application '${application}'${hint}`);
    }
    return { plan, views: chosen, left: 0 };
  }
  const shown = views.slice(0, 1 + APPLICATIONS_A_PAGE);
  return { plan, views: shown, left: views.length - shown.length };
}
