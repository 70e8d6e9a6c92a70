"use strict";
(() => {
  const specifications = document.getElementById("figures").textContent;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // The style sheet has the colours, for light and dark; the figures name them.
  const drawn = () => {
    const style = getComputedStyle(document.documentElement);
    return JSON.parse(specifications, (key, value) => {
      const name = /color$/.test(key) && /^var\((--[\w-]+)\)$/.exec(value);
      return name ? style.getPropertyValue(name[1]).trim() : value;
    });
  };
  const draw = () => {
    for (const [name, figure] of Object.entries(drawn())) {
      Plotly.react(`figure-${name}`, figure.data, figure.layout, { responsive: true, displayModeBar: false });
    }
  };
  draw();
  dark.addEventListener("change", draw);
})();
