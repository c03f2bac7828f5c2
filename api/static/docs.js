// Shows the description of the API with the viewer that is served from here; nothing is fetched from outside.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#docs",
    deepLinking: true,
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    onComplete: () => document.body.setAttribute("data-ready", "docs"),
  });
});
