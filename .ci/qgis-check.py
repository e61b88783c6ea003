#!/usr/bin/python3
"""Opens results of `masar map` in QGIS and checks that they are what they say.

    QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=$(mktemp -d) /usr/bin/python3 .ci/qgis-check.py PICTURES FOLDER...

Each FOLDER holds the files of one run. Every finding is a line on standard error; the exit code is 1
then. Pictures of what QGIS draws are left in PICTURES, for people to look at.
"""

import json
import os
import re
import shutil
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsDateTimeRange, QgsExpression,
    QgsExpressionContext, QgsExpressionContextUtils, QgsFeatureRequest, QgsLayerDefinition, QgsMapRendererCustomPainterJob,
    QgsMapSettings, QgsProject, QgsRectangle, QgsRenderContext, QgsUnitTypes, QgsVectorFileWriter, QgsVectorLayer,
    QgsVectorLayerTemporalContext, QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt, QVariant
from qgis.PyQt.QtGui import QColor, QImage, QPainter

KINDS = ["patrols", "positions", "events", "events_lines", "places"]
DATED = [kind for kind in KINDS if kind != "places"]
INTEGERS = {"evidence_offset", "evidence_length", "ordinal", "count", "candidates", "mentions"}
NUMBERS = {"confidence", "uncertainty_m", "length_km", "stated_length_km"}
BOOLEANS = {"reverse", "abbreviated", "full", "returned", "undirected", "resolved"}
DATES = {"date", "date_end", "published"}
TIMES = {"time_start", "time_end"}
SIZE = QSize(1600, 1000)
LINK = re.compile('<a href="https?://[^"<>]*">')

# The label of the rule for features that were added or changed later.
REST = "anything else"

findings = []


def check(condition, message):
    """Notes a finding unless the condition holds, and says whether it does."""
    if not condition:
        findings.append(message)
        print(f"FAILED: {message}", file=sys.stderr)
    return bool(condition)


def types_of(field):
    """The types of QGIS that a property may come with."""
    if field in INTEGERS:
        return {QVariant.Int, QVariant.LongLong}
    if field in NUMBERS:
        return {QVariant.Double}
    if field in BOOLEANS:
        return {QVariant.Bool}
    if field in DATES:
        return {QVariant.Date}
    if field in TIMES:
        return {QVariant.DateTime}
    return {QVariant.String}


def check_types(layer, features, name):
    """A column without a value has no type in GeoJSON, so only those with one count there."""
    of_geojson = ".geojson" in layer.source()
    for field in layer.fields():
        if field.name() in ("fid", "id"):
            continue
        if of_geojson and all(feature["properties"][field.name()] is None for feature in features):
            continue
        # GDAL 3.6 takes `--03-05` for a day of the year 2000 where a column holds nothing else.
        if of_geojson and field.name() == "date_partial":
            continue
        expected = types_of(field.name())
        check(field.type() in expected, f"{name}: {field.name()} comes as {field.typeName()}")


def context_of(layer, project):
    context = QgsExpressionContext()
    for scope in [
        QgsExpressionContextUtils.globalScope(),
        QgsExpressionContextUtils.projectScope(project),
        QgsExpressionContextUtils.layerScope(layer),
    ]:
        context.appendScope(scope)
    context.lastScope().setVariable("map_scale", 500_000)
    context.setFields(layer.fields())
    return context


def expressions_of(path):
    """Every expression of a style, with what it is for."""
    for element in ElementTree.parse(path).iter():
        for attribute in ("filter", "fieldName", "geometryGenerator"):
            if element.get(attribute):
                yield attribute, element.get(attribute)
        if element.tag == "Option" and element.get("name") in ("expression", "geometryModifier"):
            yield element.get("name"), element.get("value")


def check_expressions(layer, style, project):
    context = context_of(layer, project)
    for purpose, text in dict.fromkeys(expressions_of(style)):
        expression = QgsExpression(text)
        if not check(not expression.hasParserError(), f"{style}: {purpose}: {expression.parserErrorString()}: {text}"):
            continue
        missing = expression.referencedColumns() - set(layer.fields().names()) - {QgsFeatureRequest.ALL_ATTRIBUTES}
        check(not missing, f"{style}: {purpose} asks for fields that are not there: {missing}")
        expression.prepare(context)
        for feature in layer.getFeatures():
            context.setFeature(feature)
            expression.evaluate(context)
            if not check(not expression.hasEvalError(), f"{style}: {purpose}: {expression.evalErrorString()}: {text}"):
                break


def check_map_tips(layer, project, name):
    template = layer.mapTipTemplate()
    if not check("[%" in template, f"{name}: no map tip"):
        return
    context = context_of(layer, project)
    for feature in layer.getFeatures():
        context.setFeature(feature)
        for text in re.findall(r"\[%(.*?)%\]", template, re.DOTALL):
            expression = QgsExpression(text)
            expression.evaluate(context)
            error = expression.parserErrorString() or expression.evalErrorString()
            check(not error, f"{name}: map tip of {feature['id']}: {error}")
        tip = QgsExpression.replaceExpressionText(template, context)
        static = re.sub(r"\[%.*?%\]", "", template, flags=re.DOTALL)
        escaped = str(feature["title"]).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        check(escaped.replace('"', "&quot;").replace("'", "&#39;") in tip, f"{name}: {feature['id']}: no title in its map tip")
        # Nothing but the template and links to the web may be markup.
        known = set(re.findall("<[^>]*>", static)) | {"</a>"}
        foreign = [tag for tag in re.findall("<[^>]*>?", tip) if tag not in known and not LINK.fullmatch(tag)]
        check(not foreign, f"{name}: {feature['id']}: an article's text is code in its map tip: {foreign}")


def check_rules(layer, name):
    """Every feature that is drawn has exactly one rule that knows it."""
    renderer = layer.renderer()
    if not check(renderer.type() == "RuleRenderer", f"{name}: the style is not there: renderer {renderer.type()}"):
        return
    check(layer.labelsEnabled(), f"{name}: no labels")
    renderer = renderer.clone()
    symbols = {item.ruleKey(): item.label() for item in renderer.legendSymbolItems() if item.symbol()}
    context = QgsRenderContext()
    context.setExpressionContext(context_of(layer, QgsProject.instance()))
    renderer.startRender(context, layer.fields())

    def rules_of(feature):
        context.expressionContext().setFeature(feature)
        keys = renderer.legendKeysForFeature(feature, context)
        return [symbols[key] for key in keys if key in symbols], len(renderer.symbolsForFeature(feature, context))

    for feature in layer.getFeatures():
        if feature.hasGeometry():
            rules, drawn = rules_of(feature)
            check(len(rules) == drawn == 1 and rules[0] != REST, f"{name}: {feature['id']} is drawn by {rules}, {drawn} times")
            for field in ("modality", "position_type"):
                # Events of every modality look the same.
                if field in layer.fields().names() and layer.fields().indexOf("cameo") < 0:
                    feature[field] = "a word of tomorrow"
                    check(rules_of(feature) == ([REST], 1), f"{name}: an unknown {field} is drawn by {rules_of(feature)}")
    renderer.stopRender(context)


def check_temporal(layer, features, name):
    """Each day leaves the features of that day and those that have none."""
    properties = layer.temporalProperties()
    check(properties.isActive(), f"{name}: the temporal properties are off")
    check(properties.mode() == QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromFields
          and (properties.startField(), properties.endField()) == ("time_start", "time_end"),
          f"{name}: the temporal properties are not over time_start and time_end")
    times = [(f["id"], f["properties"]["time_start"], f["properties"]["time_end"]) for f in features]
    days = sorted({time[:10] for _, *ends in times for time in ends if time})
    for day in days:
        begin, end = f"{day}T00:00:00Z", f"{day}T23:59:59Z"
        span = QgsDateTimeRange(time_of(begin), time_of(end))
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        request = QgsFeatureRequest().setFilterExpression(properties.createFilterString(context, span))
        found = {feature["id"] for feature in layer.getFeatures(request)}
        expected = {key for key, first, last in times if (first or begin) <= end and (last or end) >= begin}
        check(found == expected, f"{name}: on {day} QGIS finds {sorted(found)}, not {sorted(expected)}")
    return days


def time_of(text):
    return QDateTime.fromString(text, Qt.ISODate)


def check_export(layer, count, name):
    for driver, extension in (("GPKG", "gpkg"), ("GeoJSON", "geojson")):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/export.{extension}"
            options = QgsVectorFileWriter.SaveVectorOptions()
            options.driverName = driver
            # The exported file gets its own row numbers.
            options.attributes = [at for at, field in enumerate(layer.fields()) if field.name() != "fid"]
            transform = QgsProject.instance().transformContext()
            error, message, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, transform, options)
            if check(error == QgsVectorFileWriter.NoError, f"{name}: export to {driver}: {message}"):
                written = QgsVectorLayer(path, "export", "ogr")
                check(written.featureCount() == count, f"{name}: {written.featureCount()} features in the exported {driver}")


def picture(layers, project, extent, path, labels=True, day=None):
    """Draws layers as the window of QGIS would and returns the image."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setEllipsoid(project.ellipsoid())
    settings.setBackgroundColor(project.backgroundColor() if labels else QColor("white"))
    settings.setOutputSize(SIZE)
    settings.setOutputDpi(96)
    settings.setExtent(extent)
    settings.setFlag(QgsMapSettings.Antialiasing)
    settings.setFlag(QgsMapSettings.DrawLabeling, labels)
    if day is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(time_of(f"{day}T00:00:00Z"), time_of(f"{day}T23:59:59Z")))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.projectScope(project))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    image = QImage(SIZE, QImage.Format_ARGB32_Premultiplied)
    image.fill(settings.backgroundColor())
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.start()
    job.waitForFinished()
    painter.end()
    check(not job.errors(), f"{path.name}: {[error.message for error in job.errors()]}")
    check(image.save(str(path)), f"cannot write {path}")
    return image


def colours(image):
    """How many pixels there are of each colour."""
    opaque = image.convertToFormat(QImage.Format_RGB32)
    bits = opaque.constBits()
    bits.setsize(opaque.sizeInBytes())
    counted = Counter(memoryview(bytes(bits)).cast("I"))
    return {(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255): number for pixel, number in counted.items()}


def expected_colours(kind, features):
    """The colours of the one definition that the features of a layer are drawn in."""
    symbology = tomllib.loads(Path(__file__).parent.with_name("assets").joinpath("symbology.toml").read_text())
    of_layer = next((m["color"] for m in symbology["marker"] if m["layer"] == kind and "color" in m), None)
    found = set()
    for feature in features:
        if feature["geometry"] is None:
            continue
        properties = feature["properties"]
        actors = (properties.get("actors") or properties.get("actor") or "").split("; ")
        party = next(p["color"] for p in symbology["party"] if set(p["actors"]) <= set(actors))
        found.add(of_layer or party)
    return found


def check_colours(image, wanted, name):
    counted = colours(image)
    for colour in wanted:
        red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
        pixels = sum(number for (r, g, b), number in counted.items()
                     if max(abs(r - red), abs(g - green), abs(b - blue)) <= 8)
        check(pixels >= 15, f"{name}: nothing is drawn in {colour}, which its features have: {pixels} pixels")


def check_folder(folder, pictures):
    collections = {kind: json.loads((folder / f"{kind}.geojson").read_text())["features"] for kind in KINDS}
    project = QgsProject.instance()
    # Moved, so that a path which is not relative shows.
    with tempfile.TemporaryDirectory() as moved:
        moved = Path(moved) / "moved"
        shutil.copytree(folder, moved)
        project.clear()
        if not check(project.read(str(moved / "masar.qgs")), f"{folder}: QGIS cannot open masar.qgs: {project.error()}"):
            return
        for layer in project.mapLayers().values():
            check(layer.isValid(), f"{folder}: the layer {layer.name()} is not valid: {layer.source()}")
        layers = {}
        for layer in project.mapLayers().values():
            if "layername=" in layer.source() and str(moved) in layer.source():
                layers[layer.source().split("layername=")[1]] = layer
        if not check(sorted(layers) == sorted(KINDS), f"{folder}: the project shows {sorted(layers)} of the GeoPackage"):
            return
        order = [layer.source().split("layername=")[1] for layer in project.layerTreeRoot().layerOrder() if layer in layers.values()]
        check(order[-1] == "places" and order.index("positions") < order.index("patrols"), f"{folder}: layers in the order {order}")
        check(project.crs().authid() == "EPSG:3857", f"{folder}: the project is in {project.crs().authid()}")
        days = set()
        for kind, layer in layers.items():
            features, name = collections[kind], f"{folder}: {kind} of the project"
            found = {feature["id"]: feature for feature in layer.getFeatures()}
            check(layer.featureCount() == len(features), f"{name}: {layer.featureCount()} features, not {len(features)}")
            check(found.keys() == {feature["id"] for feature in features}, f"{name}: other ids than in GeoJSON")
            for feature in features:
                same = feature["id"] in found and all(
                    found[feature["id"]][key] == feature["properties"][key] for key in ("title", "title_ar", "evidence")
                    if feature["properties"][key] is not None)
                check(same, f"{name}: {feature['id']}: its texts are not those of GeoJSON")
            check_types(layer, features, name)
            check_rules(layer, name)
            check_map_tips(layer, project, name)
            check_expressions(layer, moved / f"{kind}.qml", project)
            check_export(layer, len(features), name)
            if kind in DATED:
                days.update(check_temporal(layer, features, name))
            else:
                check(not layer.temporalProperties().isActive(), f"{name}: places have no time")
            wanted = expected_colours(kind, features)
            if wanted:
                around = QgsCoordinateTransform(layer.crs(), project.crs(), project).transformBoundingBox(layer.extent())
                around.grow(0.05 * max(around.width(), around.height()) + 5_000)
                image = picture([layer], project, around, pictures / f"{folder.name}-{kind}.png", labels=False)
                check_colours(image, wanted, name)
        if days:
            span = project.timeSettings().temporalRange()
            ends = [f"{min(days)}T00:00:00Z", f"{max(days)}T23:59:59Z"]
            check([span.begin(), span.end()] == [time_of(end) for end in ends], f"{folder}: the project's time is not {ends}")
            check((project.timeSettings().timeStep(), project.timeSettings().timeStepUnit())
                  == (1, QgsUnitTypes.TemporalDays), f"{folder}: the step is not a day")
            check(project.readNumEntry("TemporalControllerWidget", "/NavigationMode")[0] == 2,
                  f"{folder}: the temporal controller is off")
        view = project.viewSettings().defaultViewExtent()
        check(not view.isEmpty(), f"{folder}: the project opens nowhere")
        shown = project.layerTreeRoot().checkedLayers()
        whole = picture(shown, project, QgsRectangle(view), pictures / f"{folder.name}.png")
        check(len(colours(whole)) > 100, f"{folder}: the picture of the project is blank")
        dated = [f["properties"]["time_start"][:10] for f in collections["patrols"] if f["properties"]["time_start"]]
        if len(set(dated)) > 1:
            day = max(dated)
            of_day = picture(shown, project, QgsRectangle(view), pictures / f"{folder.name}-{day}.png", day=day)
            check(of_day != whole, f"{folder}: the picture of {day} shows all days")
        check_layer_definition(moved, project)
        check_geopackage(moved, collections)
    check_sidecars(folder, collections)
    project.clear()
    print(f"{folder.name}: " + ", ".join(f"{len(collections[kind])} {kind}" for kind in KINDS)
          + f", {len(days)} days in QGIS")


def check_layer_definition(folder, project):
    """The layer definition adds the same layers to a project that is open."""
    project.clear()
    done, message = QgsLayerDefinition.loadLayerDefinition(str(folder / "masar.qlr"), project, project.layerTreeRoot())
    check(done, f"{folder}: masar.qlr: {message}")
    layers = list(project.mapLayers().values())
    check(len(layers) == len(KINDS) and all(layer.isValid() for layer in layers), f"{folder}: masar.qlr adds {layers}")
    active = sum(layer.temporalProperties().isActive() for layer in layers)
    check(active == len(DATED), f"{folder}: masar.qlr adds {active} layers with times")


def check_geopackage(folder, collections):
    """The tables of the GeoPackage opened alone come up with the styles inside it."""
    for kind in KINDS:
        name = f"{folder}: {kind} of masar.gpkg"
        layer = QgsVectorLayer(f"{folder}/masar.gpkg|layername={kind}", kind, "ogr")
        check(layer.isValid(), f"{name} is not valid")
        check(layer.featureCount() == len(collections[kind]), f"{name}: {layer.featureCount()} features")
        check_rules(layer, name)


def check_sidecars(folder, collections):
    """Each GeoJSON opened alone comes up with the style beside it."""
    for kind in KINDS:
        features, name = collections[kind], f"{folder}: {kind}.geojson"
        layer = QgsVectorLayer(str(folder / f"{kind}.geojson"), kind, "ogr")
        check(layer.isValid(), f"{name} is not valid")
        check(layer.featureCount() == len(features), f"{name}: {layer.featureCount()} features, not {len(features)}")
        # Without a geometry QGIS knows no symbols for a layer.
        if any(feature["geometry"] for feature in features):
            check_types(layer, features, name)
            check_rules(layer, name)
            check_map_tips(layer, QgsProject.instance(), name)
            check_expressions(layer, folder / f"{kind}.qml", QgsProject.instance())
            check(layer.attributeDisplayName(layer.fields().indexOf("evidence_offset")) == "Evidence offset", f"{name}: no aliases")
            check_export(layer, len(features), name)


def main():
    pictures, *folders = map(Path, sys.argv[1:])
    pictures.mkdir(parents=True, exist_ok=True)
    application = QgsApplication([], False)
    application.initQgis()
    check(folders, "no folder to check")
    for folder in folders:
        check_folder(folder.resolve(), pictures)
    print(f"pictures: {pictures}")
    return 1 if findings else 0


try:
    code = main()
except Exception as error:  # A check that breaks off has not passed.
    import traceback

    traceback.print_exc()
    code = 1
sys.stdout.flush()
sys.stderr.flush()
# QGIS may crash while it is taken down.
os._exit(code)
