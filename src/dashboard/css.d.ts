/** Style sheets go into the page by their import alone. */
declare module "*.css";
