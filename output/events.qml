<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable|MapTips|Temporal" labelsEnabled="1">
 <temporal enabled="1" mode="2" startField="time_start" endField="time_end" limitMode="0" accumulate="0" fixedDuration="0" durationUnit="min" durationField="" startExpression="" endExpression="">
  <fixedRange>
   <start/>
   <end/>
  </fixedRange>
 </temporal>
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="masar">
   <rule key="events-0" filter="TRUE" label="event" symbol="0"/>
   <rule key="events-1" filter="NOT ((TRUE))" label="anything else" symbol="1"/>
  </rules>
  <symbols>
   <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="SymbolType" type="QString" value="Fill"/>
      <Option name="geometryModifier" type="QString" value="make_ellipse($geometry, ((&quot;uncertainty_m&quot; / 111195) / max(0.02, cos(radians(y($geometry))))), (&quot;uncertainty_m&quot; / 111195), 90, 90)"/>
      <Option name="units" type="QString" value="MapUnit"/>
     </Option>
     <symbol type="fill" name="@0@0" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="color" type="QString" value="168,67,0,41"/>
        <Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="168,67,0,140"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.26"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value=""/>
         <Option name="properties" type="Map">
          <Option name="fillColor" type="Map">
           <Option name="active" type="bool" value="true"/>
           <Option name="expression" type="QString" value="if($id IS NULL, color_rgba(0, 0, 0, 0), color_rgba(168, 67, 0, 255 * (1 - (1 - if(&quot;uncertainty_m&quot; / max(0.02, cos(radians(y(centroid($geometry))))) / @map_scale * 1000 &gt; 39.69, 0.05, 0.16)) ^ (1.0 / if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, count(1, group_by:=concat(geom_to_wkt($geometry, 4), &quot;uncertainty_m&quot;)), 1)))))"/>
           <Option name="type" type="int" value="3"/>
          </Option>
          <Option name="outlineColor" type="Map">
           <Option name="active" type="bool" value="true"/>
           <Option name="expression" type="QString" value="if($id IS NULL, color_rgba(0, 0, 0, 0), color_rgba(168, 67, 0, 255 * (1 - (1 - 0.55) ^ (1.0 / if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, count(1, group_by:=concat(geom_to_wkt($geometry, 4), &quot;uncertainty_m&quot;)), 1)))))"/>
           <Option name="type" type="int" value="3"/>
          </Option>
         </Option>
         <Option name="type" type="QString" value="collection"/>
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="name" type="QString" value="star"/>
      <Option name="color" type="QString" value="255,255,255,255"/>
      <Option name="outline_color" type="QString" value="255,255,255,255"/>
      <Option name="outline_width" type="QString" value="0.79"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="4.23"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="name" type="QString" value="star"/>
      <Option name="color" type="QString" value="168,67,0,255"/>
      <Option name="outline_color" type="QString" value="0,0,0,102"/>
      <Option name="outline_width" type="QString" value="0.21"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="4.23"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="GeometryGenerator" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="SymbolType" type="QString" value="Fill"/>
      <Option name="geometryModifier" type="QString" value="make_ellipse($geometry, ((&quot;uncertainty_m&quot; / 111195) / max(0.02, cos(radians(y($geometry))))), (&quot;uncertainty_m&quot; / 111195), 90, 90)"/>
      <Option name="units" type="QString" value="MapUnit"/>
     </Option>
     <symbol type="fill" name="@1@0" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleFill" enabled="1" locked="0" pass="0">
       <Option type="Map">
        <Option name="color" type="QString" value="168,67,0,41"/>
        <Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="168,67,0,140"/>
        <Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.26"/>
        <Option name="outline_width_unit" type="QString" value="MM"/>
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value=""/>
         <Option name="properties" type="Map">
          <Option name="fillColor" type="Map">
           <Option name="active" type="bool" value="true"/>
           <Option name="expression" type="QString" value="if($id IS NULL, color_rgba(0, 0, 0, 0), color_rgba(168, 67, 0, 255 * (1 - (1 - if(&quot;uncertainty_m&quot; / max(0.02, cos(radians(y(centroid($geometry))))) / @map_scale * 1000 &gt; 39.69, 0.05, 0.16)) ^ (1.0 / if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, count(1, group_by:=concat(geom_to_wkt($geometry, 4), &quot;uncertainty_m&quot;)), 1)))))"/>
           <Option name="type" type="int" value="3"/>
          </Option>
          <Option name="outlineColor" type="Map">
           <Option name="active" type="bool" value="true"/>
           <Option name="expression" type="QString" value="if($id IS NULL, color_rgba(0, 0, 0, 0), color_rgba(168, 67, 0, 255 * (1 - (1 - 0.55) ^ (1.0 / if(layer_property(@layer_id, &apos;feature_count&apos;) &lt;= 500, count(1, group_by:=concat(geom_to_wkt($geometry, 4), &quot;uncertainty_m&quot;)), 1)))))"/>
           <Option name="type" type="int" value="3"/>
          </Option>
         </Option>
         <Option name="type" type="QString" value="collection"/>
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="name" type="QString" value="star"/>
      <Option name="color" type="QString" value="255,255,255,255"/>
      <Option name="outline_color" type="QString" value="255,255,255,255"/>
      <Option name="outline_width" type="QString" value="0.79"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="4.23"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="name" type="QString" value="star"/>
      <Option name="color" type="QString" value="168,67,0,255"/>
      <Option name="outline_color" type="QString" value="0,0,0,102"/>
      <Option name="outline_width" type="QString" value="0.21"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="4.23"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="concat(&quot;title&quot;, &apos;\n&apos; || &quot;title_ar&quot;)" isExpression="1" fontFamily="Noto Sans" namedStyle="Regular" fontItalic="0" fontWeight="50" fontSize="8" fontSizeUnit="Point" textColor="138,54,0,255" textOpacity="1" multilineHeight="0.9" allowHtml="0">
    <families>
     <family name="Noto Sans"/>
     <family name="Noto Sans Arabic"/>
     <family name="Segoe UI"/>
     <family name="Geeza Pro"/>
     <family name="Arial"/>
    </families>
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
   </text-style>
   <text-format wrapChar="" autoWrapLength="38" useMaxLineLengthForAutoWrap="1" multilineAlign="1"/>
   <placement placement="6" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" dist="2.4" distUnits="MM" offsetUnits="MM" fitInPolygonOnly="0"/>
   <rendering drawLabels="1" displayAll="0" obstacle="1" obstacleFactor="1" scaleVisibility="1" scaleMin="0" scaleMax="3000000"/>
   <dd_properties>
    <Option type="Map">
     <Option name="name" type="QString" value=""/>
     <Option name="properties" type="Map">
      <Option name="Priority" type="Map">
       <Option name="active" type="bool" value="true"/>
       <Option name="expression" type="QString" value="5"/>
       <Option name="type" type="int" value="3"/>
      </Option>
     </Option>
     <Option name="type" type="QString" value="collection"/>
    </Option>
   </dd_properties>
  </settings>
 </labeling>
 <fieldConfiguration>
  <field name="kind" configurationFlags="None">
   <editWidget type="Hidden">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="title" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="description" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="title_ar" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="article_id" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="source" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="url" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="published" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence_offset" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence_length" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="confidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="geometry_quality" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="uncertainty_m" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="event_type" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="cameo" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="plover" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="acled" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="place" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="place_surface" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="actors" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="modality" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_end" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_precision" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_partial" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="weekday" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="date_text" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_start" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_end" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_text" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_precision" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="time_zone" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="attribution" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="event_key" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="provenance_json" configurationFlags="None">
   <editWidget type="Hidden">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias index="0" field="kind" name="Kind"/>
  <alias index="1" field="title" name="Title"/>
  <alias index="2" field="description" name="Description"/>
  <alias index="3" field="title_ar" name="Title (Arabic)"/>
  <alias index="4" field="article_id" name="Article id"/>
  <alias index="5" field="source" name="Source"/>
  <alias index="6" field="url" name="Address"/>
  <alias index="7" field="published" name="Published"/>
  <alias index="8" field="evidence" name="Evidence"/>
  <alias index="9" field="evidence_offset" name="Evidence offset"/>
  <alias index="10" field="evidence_length" name="Evidence length"/>
  <alias index="11" field="confidence" name="Confidence"/>
  <alias index="12" field="geometry_quality" name="Geometry quality"/>
  <alias index="13" field="uncertainty_m" name="Uncertainty (m)"/>
  <alias index="14" field="event_type" name="Event type"/>
  <alias index="15" field="cameo" name="CAMEO type"/>
  <alias index="16" field="plover" name="PLOVER type"/>
  <alias index="17" field="acled" name="ACLED type"/>
  <alias index="18" field="place" name="Place"/>
  <alias index="19" field="place_surface" name="Place surface"/>
  <alias index="20" field="actors" name="Actors"/>
  <alias index="21" field="modality" name="Modality"/>
  <alias index="22" field="date" name="Date"/>
  <alias index="23" field="date_end" name="Date end"/>
  <alias index="24" field="date_precision" name="Date precision"/>
  <alias index="25" field="date_partial" name="Date partial"/>
  <alias index="26" field="weekday" name="Weekday"/>
  <alias index="27" field="date_text" name="Date text"/>
  <alias index="28" field="time_start" name="Time start"/>
  <alias index="29" field="time_end" name="Time end"/>
  <alias index="30" field="time_text" name="Time text"/>
  <alias index="31" field="time_precision" name="Time precision"/>
  <alias index="32" field="time_zone" name="Time zone"/>
  <alias index="33" field="attribution" name="Attribution"/>
  <alias index="34" field="event_key" name="Event key"/>
  <alias index="35" field="provenance_json" name="Provenance (JSON)"/>
 </aliases>
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="&quot;time_start&quot;" sortOrder="0">
  <columns>
   <column type="field" name="kind" width="-1" hidden="1"/>
   <column type="field" name="title" width="-1" hidden="0"/>
   <column type="field" name="description" width="-1" hidden="0"/>
   <column type="field" name="title_ar" width="-1" hidden="0"/>
   <column type="field" name="article_id" width="-1" hidden="0"/>
   <column type="field" name="source" width="-1" hidden="0"/>
   <column type="field" name="url" width="-1" hidden="0"/>
   <column type="field" name="published" width="-1" hidden="0"/>
   <column type="field" name="evidence" width="-1" hidden="0"/>
   <column type="field" name="evidence_offset" width="-1" hidden="0"/>
   <column type="field" name="evidence_length" width="-1" hidden="0"/>
   <column type="field" name="confidence" width="-1" hidden="0"/>
   <column type="field" name="geometry_quality" width="-1" hidden="0"/>
   <column type="field" name="uncertainty_m" width="-1" hidden="0"/>
   <column type="field" name="event_type" width="-1" hidden="0"/>
   <column type="field" name="cameo" width="-1" hidden="0"/>
   <column type="field" name="plover" width="-1" hidden="0"/>
   <column type="field" name="acled" width="-1" hidden="0"/>
   <column type="field" name="place" width="-1" hidden="0"/>
   <column type="field" name="place_surface" width="-1" hidden="0"/>
   <column type="field" name="actors" width="-1" hidden="0"/>
   <column type="field" name="modality" width="-1" hidden="0"/>
   <column type="field" name="date" width="-1" hidden="0"/>
   <column type="field" name="date_end" width="-1" hidden="0"/>
   <column type="field" name="date_precision" width="-1" hidden="0"/>
   <column type="field" name="date_partial" width="-1" hidden="0"/>
   <column type="field" name="weekday" width="-1" hidden="0"/>
   <column type="field" name="date_text" width="-1" hidden="0"/>
   <column type="field" name="time_start" width="-1" hidden="0"/>
   <column type="field" name="time_end" width="-1" hidden="0"/>
   <column type="field" name="time_text" width="-1" hidden="0"/>
   <column type="field" name="time_precision" width="-1" hidden="0"/>
   <column type="field" name="time_zone" width="-1" hidden="0"/>
   <column type="field" name="attribution" width="-1" hidden="0"/>
   <column type="field" name="event_key" width="-1" hidden="0"/>
   <column type="field" name="provenance_json" width="-1" hidden="1"/>
  </columns>
 </attributetableconfig>
 <previewExpression>&quot;title&quot;</previewExpression>
 <mapTip enabled="1">&lt;div style=&quot;width:26em;font-family:sans-serif&quot;&gt;&lt;b&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;title&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/b&gt;&lt;div dir=&quot;rtl&quot; lang=&quot;ar&quot;&gt;&lt;b&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;title_ar&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/b&gt;&lt;/div&gt;&lt;p&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;description&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/p&gt;&lt;blockquote dir=&quot;auto&quot; style=&quot;margin:0.5em 0;padding:0.3em 0.6em;background:#f2efe6&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;evidence&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/blockquote&gt;&lt;table&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Date&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(coalesce(&quot;date&quot; || &apos;&apos;, &quot;date_partial&quot;, &apos;until &apos; || &quot;date_end&quot;, &apos;not told&apos;), &apos; (&apos; || &quot;date_text&quot; || &apos;)&apos;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Said by&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;attribution&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Sure&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(round(&quot;confidence&quot; * 100) || &apos; %&apos;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Drawn&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(&quot;geometry_quality&quot;, &apos;, within &apos; || round(&quot;uncertainty_m&quot; / 1000.0, 1) || &apos; km&apos;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Article&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(&quot;source&quot; || &apos;, &apos;, &quot;article_id&quot;, &apos;, &apos; || &quot;published&quot;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Address&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% if(regexp_match(coalesce(&quot;url&quot;, &apos;&apos;), &apos;^https?://&apos;) = 1, &apos;&lt;a href=&quot;&apos; || replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) || &apos;&quot;&gt;&apos; || replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) || &apos;&lt;/a&gt;&apos;, replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;)) %]&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;&lt;/div&gt;</mapTip>
</qgis>
