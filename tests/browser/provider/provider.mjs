// A real OpenID provider for the tests of the sign-in: on this machine alone, with a form and no outside resources.
// node provider.mjs <oidc-provider's folder> <port> <redirect uri, ...> <accounts as JSON: login -> claims>
import { pathToFileURL } from "node:url";

const [folder, port, redirects, accounts] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${folder}/lib/index.js`));
const people = JSON.parse(accounts);
const redirect_uris = redirects.split(",");

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "clauselight", client_secret: "secret-of-the-tests-secret-of-the-tests",
    redirect_uris, post_logout_redirect_uris: redirect_uris, grant_types: ["authorization_code"],
    response_types: ["code"], require_auth_time: true,
  }],
  // the program reads the ID token only, so everything that it needs must stand in there
  conformIdTokenClaims: false,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  scopes: ["openid", "email", "profile"],
  cookies: { keys: ["only-for-the-tests"] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => {
      const ask = form.replace("</form>", '<input type="hidden" name="logout" value="yes"></form>');
      ctx.body = `<!doctype html><body>${ask}<script>document.forms[0].submit()</script></body>`;
    } },
  },
  findAccount: (ctx, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  // everybody has agreed already
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  ttl: { Session: 86400, Interaction: 600, Grant: 86400, IdToken: 3600, AccessToken: 3600, AuthorizationCode: 60 },
});

const form = (wrong) => `<!doctype html><meta charset="utf-8"><title>Provider</title><h1>Provider of the tests</h1>
  ${wrong ? "<p>Wrong name or password</p>" : ""}<form method="post">
  <input name="login" aria-label="Login"><input name="password" type="password" aria-label="Password">
  <button name="do" value="login">Log in</button><button name="do" value="cancel">Cancel</button></form>`;

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === "GET") { ctx.body = form(false); return; }
  let body = "";
  for await (const part of ctx.req) body += part;
  const sent = new URLSearchParams(body);
  const login = sent.get("login");
  if (sent.get("do") !== "cancel" && (!people[login] || sent.get("password") !== `password of ${login}`)) {
    ctx.body = form(true); return;
  }
  const result = sent.get("do") === "cancel"
    ? { error: "access_denied", error_description: "the person cancelled" } : { login: { accountId: login } };
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
