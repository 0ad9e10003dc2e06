import { testSingleChanges } from '../proof/mutations/judge-mutants';

// Every third mutant, because this application and what all applications share have thousands of mutants.
testSingleChanges({ environment: 'dev', applications: ['support-chat'], every: 3, moreThan: 600 });
