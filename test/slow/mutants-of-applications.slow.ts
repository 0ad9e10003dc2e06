import { testSingleChanges } from '../proof/mutations/judge-mutants';

testSingleChanges({
  environment: 'dev',
  applications: ['document-search', 'code-review', 'market-report'],
  moreThan: 1_300,
});
