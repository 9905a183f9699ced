/** What keeps the app from starting and the user can mend: shown without a stack, as it is. */
export class StartFailure extends Error {}
