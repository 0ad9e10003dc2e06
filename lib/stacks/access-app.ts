import { App, type AppProps } from 'aws-cdk-lib';
import type { AccessPlan } from '../plan/environment/access-plan';
import { EnvironmentStage } from './environment-stage';

/** The CDK app of some environments, not yet synthesized. */
export function accessApp(plans: readonly AccessPlan[], props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  for (const plan of plans) {
    new EnvironmentStage(app, { plan });
  }
  return app;
}
