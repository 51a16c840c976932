/** The password of everyone in the demo organisation that browser tests meet. */
export const demoPassword = "plumbline-demo";
