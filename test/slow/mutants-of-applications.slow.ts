import { testSingleChanges } from '../proof/mutations/judge-mutants';

testSingleChanges({
  environment: 'dev',
  applications: ['document-search', 'code-review', 'market-report'],
  every: 2,
  moreThan: 700,
});
