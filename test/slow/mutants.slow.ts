import { testSingleChanges } from '../proof/mutations/judge-mutants';

testSingleChanges({ environment: 'dev', applications: ['support-chat'], moreThan: 1_600 });
