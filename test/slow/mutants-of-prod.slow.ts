import { testEnvironment } from '../plan/environments';
import { testSingleChanges } from '../proof/mutations/judge-mutants';

// The templates of prod resemble those of dev, whose mutants are tried more densely.
testSingleChanges({
  environment: 'prod',
  applications: Object.keys(testEnvironment('prod').applications),
  every: 12,
  moreThan: 300,
});
