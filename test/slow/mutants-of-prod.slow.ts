import { testEnvironment } from '../plan/environments';
import { testSingleChanges } from '../proof/mutations/judge-mutants';

// The templates of prod resemble those of dev, all of whose mutants are tried.
testSingleChanges({
  environment: 'prod',
  applications: Object.keys(testEnvironment('prod').applications),
  every: 4,
  moreThan: 800,
});
