// Search, sort and filter the lists; a person or an office alone on the screen. Without this script all stands there.
(function () {
  "use strict";
  var words = document.body.dataset, root = document.documentElement;
  root.classList.add("js");

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  }
  function make(tag, parent, text) {
    var made = document.createElement(tag);
    if (text) { made.textContent = text; }
    parent.appendChild(made);
    return made;
  }
  function value(row, column) {
    var cell = row.cells[column], exact = cell.dataset.value || cell.textContent.trim();
    var number = Number(exact.replace(/[\u00a0\s]/g, "").replace(",", "."));
    return exact === "" || isNaN(number) ? exact : number;
  }
  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") { return one - other; }
    if (typeof one !== typeof other) { return typeof one === "number" ? -1 : 1; }
    return one.localeCompare(other, root.lang, {numeric: true});
  }

  document.querySelectorAll("table.tools").forEach(function (table) {
    var body = table.tBodies[0], rows = Array.from(body.rows), heads = Array.from(table.tHead.rows[0].cells);
    var bar = document.createElement("div"), chosen = [], texts = null;
    bar.className = "bar screen";
    table.parentNode.parentNode.insertBefore(bar, table.parentNode);
    var box = make("input", bar);
    box.type = "search";
    box.placeholder = words.search;
    box.setAttribute("aria-label", words.search + ": " + table.caption.textContent.trim());
    heads.forEach(function (head, column) {
      if (!head.hasAttribute("data-filter")) { return; }
      var name = head.textContent.trim(), pick = make("select", bar), seen = new Set();
      pick.setAttribute("aria-label", name);
      make("option", pick, name + ": " + words.all).value = "";
      rows.forEach(function (row) { seen.add(row.cells[column].textContent.trim()); });
      Array.from(seen).sort(function (one, other) { return compare(one, other); }).forEach(function (text) {
        make("option", pick, text).value = "=" + text;
      });
      chosen.push([column, pick]);
    });
    var count = make("output", bar);
    function apply() {
      var asked = plain(box.value).split(/\s+/), shown = 0;
      texts = texts || rows.map(function (row) { return plain(row.textContent); });
      rows.forEach(function (row, place) {
        var fits = asked.every(function (word) { return texts[place].indexOf(word) >= 0; }) &&
          chosen.every(function (pair) {
            return !pair[1].value || "=" + row.cells[pair[0]].textContent.trim() === pair[1].value;
          });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown + " / " + rows.length;
    }
    bar.addEventListener("input", apply);
    count.textContent = rows.length + " / " + rows.length;
    heads.forEach(function (head, column) {
      var button = document.createElement("span"); // a button's text is not printed again on the next sheet
      button.setAttribute("role", "button");
      button.tabIndex = 0;
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.title = words.sort;
      button.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); button.click(); }
      });
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending", order = rows.map(function (row, place) {
          return [value(row, column), place, row];
        });
        order.sort(function (one, other) {
          return (down ? -1 : 1) * compare(one[0], other[0]) || one[1] - other[1];
        });
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        order.forEach(function (each) { body.appendChild(each[2]); });
      });
    });
  });

  function open() {
    var place = location.hash && document.getElementById(location.hash.slice(1));
    for (var each = place; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") { each.open = true; }
    }
    if (place) { if (place.tagName === "TR") { place.hidden = false; } place.scrollIntoView(); }
  }
  window.addEventListener("hashchange", open);
  open();
  // A tagged PDF holds an object or two for each cell, three for each link: on paper what leads to a place on the screen
  // leads nowhere, long lists are texts in their order without the grid, and the longest have a text for each row.
  var put = [];
  function instead(each, name, value) {
    var before = each.getAttribute(name);
    put.push(function () { if (before === null) { each.removeAttribute(name); } else { each.setAttribute(name, before); } });
    if (value === null) { each.removeAttribute(name); } else { each.setAttribute(name, value); }
  }
  function joined(cells, columns) {
    return columns.reduce(function (said, column) {
      var text = cells[column].textContent.trim(), known = plain(said).endsWith(", " + plain(text)); // "Master, full time"
      return !text || text === "–" || known ? said : said ? said + " · " + text : text;
    }, "");
  }
  function onPaper(table) {
    var parts = table.dataset.paper.split("|").map(function (part) { return part.split(" ").map(Number); });
    var over = parts.shift(), short = document.createElement("table"), said = "";
    short.className = "paper";
    make("caption", short, table.caption.textContent);
    var heads = make("tr", make("thead", short)), body = make("tbody", short);
    function line(cells) { return parts.map(function (part) { return joined(cells, part); }).join("\t"); }
    make("th", heads, line(table.tHead.rows[0].cells));
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      if (row.hidden) { return; }
      var heading = joined(row.cells, over);
      if (heading !== said) { make("th", make("tr", body), heading); }
      said = heading;
      make("td", make("tr", body), line(row.cells));
    });
    table.parentNode.parentNode.insertBefore(short, table.parentNode);
    put.push(function () { short.remove(); });
    instead(short, "role", "none");
    instead(table.parentNode, "hidden", "");
  }
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details").forEach(function (each) { instead(each, "open", ""); });
    document.querySelectorAll("main a[href]").forEach(function (each) { instead(each, "href", null); });
    document.querySelectorAll("main .scroll:not(.few) table").forEach(function (each) { instead(each, "role", "none"); });
    document.querySelectorAll("table[data-paper]").forEach(onPaper);
  });
  window.addEventListener("afterprint", function () {
    put.splice(0).reverse().forEach(function (back) { back(); });
  });
}());
