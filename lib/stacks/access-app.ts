import { App, type AppProps } from 'aws-cdk-lib';
import type { AccessPlan } from '../plan/environment/access-plan';
import { EnvironmentStage } from './environment-stage';

/** Builds the CDK app of the planned environments without synthesizing it. */
export function accessApp(plans: readonly AccessPlan[], props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  for (const plan of plans) {
    new EnvironmentStage(app, { plan });
  }
  return app;
}
